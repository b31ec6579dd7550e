"""Reports: a language-free document, three languages, and renderers."""
