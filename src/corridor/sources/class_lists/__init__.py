"""Lists of classes that the user writes: Lall's technology classes, a ministry's degrees of processing."""
