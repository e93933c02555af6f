"""The AI Career Path Advisor: answers to career questions, each claim with the passage of the guide it comes from."""
