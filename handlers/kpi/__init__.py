"""Figures against targets: bringing them in, setting targets, noticing what is missed."""
