"""Guides turned into something that can be searched: read, cut into passages, embedded, stored, found."""
