"""What things cost: CPU and ratios to a bare limit, measured in one run."""
