"""What understands: one module a conversation, who may do what, and the words of every screen."""
