"""The Growth Lab's Atlas of Economic Complexity: UN Comtrade reconciled and cleaned."""
