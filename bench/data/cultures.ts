/** How the names of one part of the world are made. Nobody's: heads are common names, tails are put together. */
export type Culture = {
  lang: string;
  /** Its share of the people, in parts of the sum. */
  share: number;
  given: string;
  family: string;
  /** Beginnings, middles and ends of names that nobody listed. */
  parts: { given: [string, string, string]; family: [string, string, string] };
  /** How many different ones there are. */
  sizes: { given: number; family: number };
  familyFirst?: boolean;
  joint?: string;
};

export const cultures: Culture[] = [
  {
    lang: "en",
    share: 30,
    given:
      "James Mary Robert Patricia John Jennifer Michael Linda David Elizabeth William Barbara Richard Susan Joseph Jessica Thomas Sarah Charles Karen Christopher Lisa Daniel Nancy Matthew Betty Anthony Sandra Mark Margaret Donald Ashley Steven Kimberly Andrew Emily Paul Donna Joshua Michelle Jane Olivia Noah Emma Liam Ava",
    family:
      "Smith Johnson Williams Brown Jones Miller Davis Wilson Anderson Thomas Taylor Moore Jackson Martin Lee Thompson White Harris Clark Lewis Robinson Walker Young Allen King Wright Scott Hill Green Adams Nelson Baker Hall Campbell Mitchell Carter Roberts Phillips Evans Turner Parker Collins Edwards Stewart Morris Ashdown",
    parts: {
      given: [
        "Al Bren Cor Da El Fin Gar Har Ja Kel Lo Mar Nev Or Per Quin Ro Sa Tre Ver Wil Zan",
        "a e i o la le ri ro na ne sa ti va mi",
        "na ne lyn ton den ley ra ric sha son th vin ya bel cy",
      ],
      family: [
        "Ash Black Brook Cran Dun Ever Fair Gold Hart Kings Lang Mor Nor Oak Pen Quen Ruther Stan Thorn Under Wether York Hol Bram Chat Drum Elm Feld Grims",
        "ing er en al in ham bur wick le ma der mer ton ster",
        "ton ford ley worth field man by wood well ham son den low bridge shaw more stead land cott",
      ],
    },
    sizes: { given: 2500, family: 60_000 },
  },
  {
    lang: "es",
    share: 16,
    given:
      "María José Antonio Carmen Manuel Ana Francisco Isabel Juan Laura David Lucía Javier Paula Daniel Marta Carlos Elena Alejandro Cristina Miguel Sofía Rafael Pilar Pedro Andrea Ángel Raquel Pablo Rosa Sergio Beatriz Fernando Julia Jorge Irene Luis Alba Alberto Nuria",
    family:
      "García Rodríguez González Fernández López Martínez Sánchez Pérez Gómez Martín Jiménez Ruiz Hernández Díaz Moreno Muñoz Álvarez Romero Alonso Gutiérrez Navarro Torres Domínguez Vázquez Ramos Gil Ramírez Serrano Blanco Molina",
    parts: {
      given: [
        "Al Be Ce Do Es Fe Gra Il Jo Le Ma Ni Os Ro Sal Te Va",
        "ri na le mi do ve lu",
        "na no da do lia rio sa so nia",
      ],
      family: [
        "Al Bar Cas Del Es Fer Gal Her Iba Lor Mon Nav Or Pal Que Riv San Tor Urr Val Zam",
        "a e i o an ar en er ill oz",
        "ez era ero ales ino osa ado ona illo eda uez",
      ],
    },
    sizes: { given: 1200, family: 20_000 },
  },
  {
    lang: "de",
    share: 12,
    given:
      "Peter Anna Michael Ursula Thomas Monika Andreas Petra Wolfgang Elisabeth Klaus Sabine Jürgen Renate Günter Helga Stefan Karin Christian Brigitte Uwe Ingrid Werner Erika Frank Andrea Jörg Zoë Björn Käthe",
    family:
      "Müller Schmidt Schneider Fischer Weber Meyer Wagner Becker Schulz Hoffmann Schäfer Koch Bauer Richter Klein Wolf Schröder Neumann Schwarz Zimmermann Braun Krüger Hofmann Hartmann Lange Schmitt Werner Krause Größe Köhler",
    parts: {
      given: [
        "Ad Bern Diet Eck Fried Gert Hein Irm Ka Lud Mech Nor Ott Rein Sieg Ul",
        "e i a o er",
        "hard rich linde mar bert gund ke na",
      ],
      family: [
        "Alt Berg Dorn Eber Frei Grün Haus Jung Kalt Lind Mühl Neu Ober Pfeif Roth Stein Teich Unter Vogel Wald",
        "en el er s in ig",
        "mann bach berger er hofer kamp meister stein thal wald hauser kötter",
      ],
    },
    sizes: { given: 1200, family: 25_000 },
  },
  {
    lang: "pl",
    share: 6,
    given:
      "Anna Piotr Maria Krzysztof Katarzyna Andrzej Małgorzata Tomasz Agnieszka Paweł Barbara Jan Ewa Michał Łukasz Zofia Stanisław Jadwiga",
    family:
      "Nowak Kowalski Wiśniewski Wójcik Kowalczyk Kamiński Lewandowski Zieliński Szymański Woźniak Dąbrowski Kozłowski Żuk Mazur Łukasik",
    parts: {
      given: [
        "Bo Ce Do Ed Fel Gra Hen Ja Ka Le Mie Ro Sta Wi",
        "le sła ni mi ry",
        "na w sz ek ka ld",
      ],
      family: [
        "Bą Czar Dęb Grab Jab Kra Lip Maj Niem Ol Pie Raj Sob Trze Wie Zaw",
        "e o i a ow ic",
        "ski cki wicz czyk iak arz ek ura",
      ],
    },
    sizes: { given: 700, family: 15_000 },
  },
  {
    lang: "vi",
    share: 4,
    given: "Anh Đức Hương Minh Lan Hùng Linh Tuấn Mai Dũng Thảo Nam Ngọc Quang Trang Sơn",
    family: "Nguyễn Trần Lê Phạm Hoàng Phan Vũ Đặng Bùi Đỗ Hồ Ngô Dương Lý",
    parts: {
      given: ["Th Kh Ng Tr Ph B H L Q", "a ia oa uy ê ư", "nh ng n m t o"],
      family: ["Th Tr Ch Đ L V", "a â ơ ư", "nh ng n m"],
    },
    sizes: { given: 300, family: 90 },
    familyFirst: true,
  },
  {
    lang: "ru",
    share: 9,
    given:
      "Александр Елена Сергей Ольга Дмитрий Наталья Андрей Анна Алексей Татьяна Максим Ирина Евгений Мария Иван Светлана Джейн Артём",
    family:
      "Иванов Смирнов Кузнецов Попов Васильев Петров Соколов Михайлов Новиков Фёдоров Морозов Волков Ёлкин Эшдаун",
    parts: {
      given: ["Ар Бо Вла Ге Дан Зи Ки Лю Ма Ро Та Ю", "ри ле ви да ни", "на слав ла м н са й"],
      family: [
        "Бар Вер Гор Дуб Ер Жар Зуб Кал Лаз Мат Ник Ост Пан Руд Сав Тит",
        "е и о а ь",
        "нов ков ёв ин цев ский енко чук",
      ],
    },
    sizes: { given: 500, family: 20_000 },
  },
  {
    lang: "el",
    share: 2,
    given: "Γιώργος Μαρία Δημήτρης Ελένη Νίκος Κατερίνα Γιάννης Βασιλική Ερατώ",
    family: "Παπαδόπουλος Βλάχος Αγγελόπουλος Νικολαΐδης Γεωργίου Δρυμαία",
    parts: {
      given: ["Αρ Βα Θε Κλε Λε Στα", "τε ο μι", "νης ία ος ώ"],
      family: ["Αλε Καρα Μανω Παπα Σταυρ", "ο α ι", "ίδης όπουλος άκης άτος"],
    },
    sizes: { given: 200, family: 250 },
  },
  {
    lang: "ar",
    share: 5,
    given: "محمد فاطمة أحمد عائشة علي مريم حسن زينب عمر خديجة يوسف ليلى إبراهيم سارة",
    family: "أحمد حسين الحسن العلي إبراهيم المصري الشامي الخطيب حداد النجار منصور",
    parts: {
      given: ["عب سل نو جم رش كر", "ا ي و", "ن د م ة"],
      family: ["الب الج الد الر الس الط الع الق", "ا ي و", "ري دي ني لي مي سي"],
    },
    sizes: { given: 90, family: 140 },
  },
  {
    lang: "he",
    share: 1,
    given: "שרה דוד רחל יוסף מרים משה נועה איתן",
    family: "כהן לוי מזרחי פרץ ביטון דהן אברהם פרידמן",
    parts: { given: ["אל בר גל", "י ו", "ת ן ה"], family: ["בן רוז שפי", "י נ", "ר ברג צקי"] },
    sizes: { given: 24, family: 24 },
  },
  {
    lang: "hi",
    share: 4,
    given: "प्रिया राहुल अंजलि अमित पूजा संजय नेहा विजय सुनीता राजेश",
    family: "शर्मा वर्मा गुप्ता सिंह कुमार पटेल मेहता जोशी मिश्रा यादव",
    parts: {
      given: ["आ र स म", "ना वि ति", "का न ला श"],
      family: ["च ब द न", "ौ ट त्र", "री धर वाल"],
    },
    sizes: { given: 50, family: 45 },
  },
  {
    lang: "zh",
    share: 5,
    given: "伟 芳 娜 敏 静 丽 强 磊 军 洋 勇 艳 杰 娟 涛 明 超 秀英 建华 志强 晓明 婷婷",
    family: "王 李 张 刘 陈 杨 黄 赵 吴 周 徐 孙 马 朱 胡 郭 何 林 高 罗",
    parts: {
      given: ["文 国 建 海 玉 春 思 子", "华 平 林 英 梅 龙 涵", "生 云 月 宇 琪"],
      family: ["欧 司 上 诸", "阳 马 官 葛", "氏 门"],
    },
    sizes: { given: 280, family: 60 },
    familyFirst: true,
    joint: "",
  },
  {
    lang: "ja",
    share: 3,
    given: "太郎 花子 みなえ 一郎 さくら 健太 美咲 大輔 陽菜 翔太 ゆい",
    family: "佐藤 鈴木 高橋 田中 伊藤 渡辺 山本 中村 小林 山田 杉本 加藤",
    parts: {
      given: ["真 優 悠 結 千", "美 太 里 香", "子 郎 奈 也"],
      family: ["松 竹 藤 石 川", "田 本 原 井", "崎 沢 野"],
    },
    sizes: { given: 85, family: 65 },
    familyFirst: true,
    joint: " ",
  },
  {
    lang: "ko",
    share: 2,
    given: "민준 서연 도윤 서윤 시우 지우 예준 하은 주원 지유",
    family: "김 이 박 최 정 강 조 윤 장 임",
    parts: {
      given: ["현 지 수 승 은", "우 호 민", "아 영 빈"],
      family: ["남 황 선", "궁 보", "씨 문"],
    },
    sizes: { given: 50, family: 24 },
    familyFirst: true,
    joint: "",
  },
  {
    lang: "th",
    share: 1,
    given: "สมชาย สมหญิง ประเสริฐ มาลี วิชัย สุดา",
    family: "ใจดี แสงทอง ศรีสุข วงศ์สวัสดิ์ บุญมี",
    parts: { given: ["อ น ก", "รุ ภา มล", "ณ พร ชัย"], family: ["จัน ทอง พง", "ทร ษ์", "สุข ดี"] },
    sizes: { given: 30, family: 15 },
  },
];
