export default {
  en: { title: 'Evidence' },
  nl: { title: 'Bewijs' },
}
