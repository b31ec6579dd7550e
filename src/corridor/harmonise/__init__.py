"""A publisher's words in, our tables out."""
