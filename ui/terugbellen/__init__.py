"""De werklijst Terugbellen: wie er gebeld moet worden, en wat daarvan is gekomen."""
