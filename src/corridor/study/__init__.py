"""The five stages of a study, each a pure function from tables to a result."""
