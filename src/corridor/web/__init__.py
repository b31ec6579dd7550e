"""The verbs as pages on the analyst's own machine: server-rendered, without a script, without a request elsewhere."""
