"""Model tab: the stack of layers, the palette, the settings and how the network learns."""
