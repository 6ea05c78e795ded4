"""What happens because time passes: sweeps over what is due, safe to run twice or late."""
