"""Applications, proved: an independent model beside the real acts, and many acts at once."""
