"""What the agent reads: feedback, its material, and the receipt of its score."""
