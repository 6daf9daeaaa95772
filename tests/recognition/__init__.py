"""Recognition: who stands out, who agreed, and what the group reads."""
