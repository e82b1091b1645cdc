"""What synthetic candidacies, offers and alerts are made of: words written for the purpose, and the drawing of them.

Everyone and every employer in it is invented.
"""
