"""Het venster van Klant in Focus: Qt, praat met services en krijgt domeinobjecten."""
