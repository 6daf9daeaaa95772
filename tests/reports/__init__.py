"""Reports: their numbers, their words, their charts, their files and who may see them."""
