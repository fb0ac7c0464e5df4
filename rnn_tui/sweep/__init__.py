"""Many runs of one text that differ in some settings, side by side; on this machine or several."""
