"""Images: how windows go over images of (height, width, channels), and what is computed in them."""
