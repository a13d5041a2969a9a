package handlers

// MostNamed is how many results are looked through for a name.
const MostNamed = 200

// leastTelling is how many letters a word has at least that tells one name from another: "the" does not.
const leastTelling = 4

// TellsApart reports whether a word of a name tells it from others.
func TellsApart(word string) bool { return len(word) >= leastTelling }
