internal import Availability

extension City {
  /// Evenings until nine, some Saturdays.
  static let saoPaulo = City(
    name: "São Paulo", zoneName: "America/Sao_Paulo", language: "pt-BR",
    // 11 is São Paulo, where no number begins with 0.
    phonePrefix: "+55110",
    names: NameStock(
      titles: ("", ""),
      feminine: [
        "Ana Luíza", "Beatriz", "Camila", "Débora", "Fernanda", "Júlia", "Letícia", "Mariana",
        "Patrícia", "Renata", "Thaís", "Vitória", "Conceição",
      ],
      masculine: [
        "João", "André", "Caio", "Felipe", "Gustavo", "Luís", "Márcio", "Otávio", "Rodrigo",
        "Sérgio", "Thiago", "Vinícius", "Antônio",
      ],
      surnames: [
        "Silva", "Souza", "Gonçalves", "Araújo", "Conceição", "Magalhães", "Assunção", "Oliveira",
        "Pereira", "dos Santos", "Ribeiro", "Guimarães", "Simões", "Barbosa", "Leão", "Falcão",
        "Teixeira", "Galvão", "Moraes", "Nóbrega", "Antunes", "Sampaio",
      ]),
    insurers: ["Unimed", "Amil", "Bradesco Saúde", "SulAmérica"],
    prices: PriceLevel("BRL", individual: 150...350, couple: 250...450, step: 10),
    wording: Wording(
      sharedPractice: "Clínica", privateOffice: "Consultório", online: "Online Brasil",
      room: "Sala", individual: "Sessão individual", individualOnline: "Sessão online",
      couple: "Terapia de casal", firstVisit: "Primeira consulta",
      firstCall: "Conversa inicial gratuita"),
    quarters: [
      Quarter("Pinheiros", "Rua dos Pinheiros", "05422-001"),
      Quarter("Vila Mariana", "Rua Domingos de Morais", "04010-100"),
      Quarter("Jardins", "Alameda Santos", "01418-100"),
      Quarter("Moema", "Avenida Ibirapuera", "04029-200"),
      Quarter("Perdizes", "Rua Cardoso de Almeida", "05013-001"),
      Quarter("Higienópolis", "Avenida Angélica", "01228-000"),
      Quarter("Tatuapé", "Rua Tuiuti", "03307-000"),
      Quarter("Santana", "Rua Voluntários da Pátria", "02402-000"),
    ],
    address: { "\($0), \($1), \($2) São Paulo" },
    patterns: [
      WorkingPattern(
        Shift(.workdays, 8_00, 12_00), Shift(.mondayToThursday, 14_00, 19_00)),
      WorkingPattern(
        Shift(.mondayToThursday, 13_00, 17_00), Shift(.mondayToThursday, 18_00, 21_00)),
      WorkingPattern(Shift([.tuesday, .thursday], 14_00, 21_00), Shift([.saturday], 8_00, 12_00)),
      WorkingPattern(
        Shift(.workdays, 9_00, 12_00), Shift([.monday, .wednesday, .friday], 14_00, 18_00)),
      WorkingPattern(Shift([.monday, .wednesday, .friday], 16_00, 21_00)),
    ])
}
