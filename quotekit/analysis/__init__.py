"""Language analysis: the encoder, the model pack, and Stanza's sentences and words.

Importing this package loads neither torch nor stanza; `quotekit.analysis.analyzer` does.
"""
