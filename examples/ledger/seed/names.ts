import type { Random } from "./random.ts";

type Names = {
  lang: string | null;
  share: number;
  familyFirst?: true;
  given: string;
  family: string;
};

/** Given and family names as people write them, each with the Latin form that its e-mail uses. */
const scripts: readonly Names[] = [
  {
    lang: null,
    share: 34,
    given:
      "Anneke Bram Calla Dorian Edda Fenn Greta Hollis Imke Joris Kester Linnea Marit Nell Orla Piers Quill Rowan Sela Tamsin Ulla Vesper Wilf Yara Zelda Abel Briony Cato Delphi Ewan",
    family:
      "Ashgrove Birchall Coldwell Dunmore Elderkin Fairweather Gantry Hartigan Inskip Jessop Kettley Larkin Mossop Nettle Oakhanger Penhallow Quayle Rushbrook Selwick Thistlewood Underhay Varley Whitlock Yarrow Brackenbury Cobbold Tredwell Ockham",
  },
  {
    lang: null,
    share: 22,
    given:
      "Åsa Björn Chloé Daniël Élise François Göran Hélène Ívar João Käthe Łucja Márta Núria Øyvind Przemysław Róisín Søren Žofie Ünal Çağla Şebnem Đorđe Kateřina Ștefan Ilyās",
    family:
      "Ångström Brâncuș Čermák Dvořáková Eßling Fjeldså Górska Håkansson Íñiguez Jürgens Kováčová Lõhmus Müür Núñez Özkan Peña Řezníček Sørensen Škvorecký Țepeș Ünlü Vågø Zieliński Żak Ōmāhū Bērziņš",
  },
  {
    lang: "ru",
    share: 6,
    given:
      "Анна/anna Борис/boris Вера/vera Глеб/gleb Дарья/darya Ефим/yefim Зоя/zoya Игорь/igor Лидия/lidiya Мирон/miron Нина/nina Олег/oleg Юлия/yuliya Ярослав/yaroslav",
    family:
      "Белых/belykh Вешних/veshnikh Громовых/gromovykh Дымченко/dymchenko Журавлёва/zhuravlyova Ключник/klyuchnik Лозинко/lozinko Межевая/mezhevaya Озерных/ozernykh Снежко/snezhko Тихих/tikhikh Черных/chernykh",
  },
  {
    lang: "uk",
    share: 3,
    given:
      "Ївга/yivha Оксана/oksana Тарас/taras Ґрета/greta Мар’яна/mariana Остап/ostap Соломія/solomiia",
    family:
      "Вербич/verbych Гайдай/haidai Їжак/yizhak Калинець/kalynets Лісничий/lisnychyi Щербань/shcherban",
  },
  {
    lang: "el",
    share: 5,
    given:
      "Ερατώ/erato Θάλεια/thaleia Ιάσων/iason Καλλιόπη/kalliopi Λυδία/lydia Μίλτος/miltos Ξένια/xenia Ορέστης/orestis Φοίβη/foivi Χάρης/charis",
    family:
      "Δρυμαία/drymaia Ελαιώνας/elaionas Θαλασσινός/thalassinos Καστανιά/kastania Λεμονής/lemonis Πλατανιάς/platanias Ρηγίνος/riginos Ψαριανός/psarianos",
  },
  {
    lang: "ar",
    share: 5,
    given:
      "أمل/amal بشير/bashir جمانة/jumana داليا/dalia رامي/rami سلمى/salma عادل/adel فرح/farah كريم/karim ليان/layan نادر/nader هالة/hala",
    family:
      "الزيتوني/alzaytuni البحري/albahri الجبلي/aljabali الرمّاني/alrummani السعفي/alsaafi الغابي/alghabi القمري/alqamari النهري/alnahri",
  },
  {
    lang: "he",
    share: 3,
    given:
      "אורי/uri ברכה/bracha גליה/galia דרור/dror יעל/yael נועם/noam עדי/adi שיר/shir תמר/tamar",
    family:
      "ארזי/arzi גבעתי/givati הררי/harari כרמלי/carmeli מעייני/maayani נחלי/nahali שקדי/shkedi",
  },
  {
    lang: "hi",
    share: 5,
    given:
      "अमिता/amita ईशान/ishan कविता/kavita गौरव/gaurav जया/jaya देव/dev नीरा/neera मोहन/mohan रेखा/rekha सुनील/sunil",
    family:
      "आम्रवाला/amrawala कमलिया/kamaliya चंदनवाल/chandanwal पर्वतीय/parvatiya मेघवाल/meghwal वनमाली/vanmali सागरिया/sagariya",
  },
  {
    lang: "th",
    share: 3,
    given: "กมล/kamon ชบา/chaba ดาริน/darin นที/nathi ปราง/prang มานี/mani วารี/wari ศิลา/sila",
    family:
      "ดอกแก้ว/dokkaeo ธารทอง/tharnthong บัวขาว/buakhao พฤกษา/phrueksa ลมเย็น/lomyen ไพรวัลย์/phraiwan",
  },
  {
    lang: "zh",
    share: 5,
    familyFirst: true,
    given:
      "安琪/anqi 博文/bowen 春晓/chunxiao 冬梅/dongmei 皓月/haoyue 静怡/jingyi 立新/lixin 若溪/ruoxi 思远/siyuan 雨桐/yutong",
    family: "柏/bai 程/cheng 竹/zhu 林/lin 梅/mei 石/shi 溪/xi 云/yun 江/jiang 欧阳/ouyang",
  },
  {
    lang: "ja",
    share: 5,
    familyFirst: true,
    given:
      "みなえ/minae あおい/aoi けんじ/kenji さくら/sakura 直人/naoto 葉子/yoko 陽斗/haruto 美咲/misaki 蓮/ren 千夏/chinatsu",
    family:
      "秋山/akiyama 石橋/ishibashi 海野/unno 木村/kimura 杉本/sugimoto 滝沢/takizawa 森下/morishita 若葉/wakaba",
  },
  {
    lang: "ko",
    share: 4,
    familyFirst: true,
    given:
      "가람/garam 나래/narae 다온/daon 보람/boram 서윤/seoyun 은솔/eunsol 지호/jiho 하늘/haneul",
    family: "강/kang 남궁/namgung 류/ryu 문/moon 배/bae 송/song 임/im 하/ha",
  },
  {
    lang: "ka",
    share: 2,
    given: "თამარ/tamar ნინო/nino გიორგი/giorgi ლევან/levan ქეთევან/ketevan",
    family: "ტყელაძე/tkeladze მთიული/mtiuli წყაროშვილი/tskaroshvili ვაზიანი/vaziani",
  },
  {
    lang: "am",
    share: 2,
    given: "ሰላም/selam ዳዊት/dawit ሃና/hana ዮናስ/yonas ማርታ/marta",
    family: "በረከት/bereket ገብሬ/gebre ታደለ/tadele አየለ/ayele",
  },
  {
    lang: "hy",
    share: 2,
    given: "Անի/ani Արամ/aram Լիլիթ/lilit Տիգրան/tigran Նարե/nare",
    family: "Ծառունի/tsaruni Լեռնյան/lernyan Գետաշեն/getashen Քարահունջ/karahunj",
  },
];

const letters: Record<string, string> = {
  ø: "o",
  ł: "l",
  ß: "ss",
  đ: "d",
  ð: "d",
  æ: "ae",
  ı: "i",
};

const pools = scripts.map((script) => ({
  ...script,
  givens: script.given.split(" ").map(split),
  families: script.family.split(" ").map(split),
}));
const shares = pools.reduce((sum, { share }) => sum + share, 0);

export type PersonName = { name: string; latin: string; lang: string | null };

/** A name in one of fifteen scripts and spellings; nobody real is meant. */
export function inventName(random: Random): PersonName {
  let left = random.next() * shares;
  const pool = pools.find(({ share }) => {
    left -= share;
    return left < 0;
  });
  if (!pool) throw new Error("the shares do not add up");
  const given = random.pick(pool.givens);
  const family = random.pick(pool.families);
  const gap = pool.lang === "zh" || pool.lang === "ko" ? "" : " ";
  return {
    name: pool.familyFirst ? family.name + gap + given.name : `${given.name} ${family.name}`,
    latin: `${given.latin}.${family.latin}`,
    lang: pool.lang,
  };
}

function split(entry: string): { name: string; latin: string } {
  const [name = "", latin] = entry.split("/");
  return { name, latin: latin ?? plain(name) };
}

/** `Łucja` → `lucja`: what a mail address can hold. */
function plain(name: string): string {
  return name
    .toLowerCase()
    .replace(/[øłßđðæı]/g, (letter) => letters[letter] ?? "")
    .normalize("NFD")
    .replace(/[^a-z0-9]/g, "");
}
