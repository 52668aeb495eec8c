"""Images: a folder of pictures becomes one array: finding, labelling, proposing and reading them."""
