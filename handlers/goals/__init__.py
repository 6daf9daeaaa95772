"""Goals that supervisors set, and what became of them."""
