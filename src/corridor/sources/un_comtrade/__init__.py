"""UN Comtrade: what countries reported to the United Nations."""
