"""World Bank WITS: what UN Comtrade holds, as the World Bank converts and groups it."""
