export default {
  en: { title: 'Overview', age: 'Read {age} ago' },
  nl: { title: 'Overzicht', age: '{age} geleden gelezen' },
}
