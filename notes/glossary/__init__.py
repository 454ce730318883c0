"""Words of one culture that the other wonders about: finding them in texts, and our first ones."""
