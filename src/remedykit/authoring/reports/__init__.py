"""What `remedykit check` finds, as text for programs: JSON, GitHub's commands, SARIF."""
