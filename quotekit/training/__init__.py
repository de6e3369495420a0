"""How the weights that ship were made (extra: `quotekit[train]`)."""
