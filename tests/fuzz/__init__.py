"""Random people do random things for as long as one likes: nothing breaks."""
