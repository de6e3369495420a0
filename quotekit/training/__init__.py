"""How the weights that ship were made, and how others are made from articles of one's own."""
