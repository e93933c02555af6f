"""One module a format: each turns a file into a text and the blocks that the text is made of."""
