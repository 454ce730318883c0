"""What may be shown: cases, verdicts, the rule book, the policy and the desk."""
