"""What the marketplace is: values and rules, with time handed in and nothing but the standard library."""
