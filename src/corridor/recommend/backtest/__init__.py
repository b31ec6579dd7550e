"""How often advice was right: given on the years up to one, judged by what came after."""
