/// A name as people write it in e-mail addresses: a to z, the marks left out.
func plainLetters(_ name: String) -> String {
  name.lowercased().unicodeScalars.reduce(into: "") { plain, letter in
    switch letter {
    case "a"..."z": plain.unicodeScalars.append(letter)
    case "à", "á", "â", "ã", "ă", "ą": plain += "a"
    case "ä": plain += "ae"
    case "ç", "ć", "č": plain += "c"
    case "è", "é", "ê", "ę": plain += "e"
    case "ì", "í", "î": plain += "i"
    case "ł": plain += "l"
    case "ń", "ñ": plain += "n"
    case "ò", "ó", "ô", "õ": plain += "o"
    case "ö": plain += "oe"
    case "ś", "ș": plain += "s"
    case "ß": plain += "ss"
    case "ț": plain += "t"
    case "ù", "ú": plain += "u"
    case "ü": plain += "ue"
    case "ź", "ż": plain += "z"
    default: break
    }
  }
}
