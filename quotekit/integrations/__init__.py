"""Other libraries: each module makes quotekit a part of one, and needs that one installed."""
