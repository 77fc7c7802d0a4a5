"""What all connected sources share: what they are asked, what they answer, how they fail."""
