"""What the demo's people say, each in their own language, and what their customers write."""

from collections.abc import Mapping

from scoring.contacts import ContactType

PRAISE: Mapping[str, tuple[str, ...]] = {
    "en": (
        "Warm and clear, well done.",
        "Calm all the way, although the customer was not. Thank you.",
        "A model call: nothing to add.",
    ),
    "ru": (
        "Тепло и понятно, отлично.",
        "Спокойно и по делу, хотя клиент торопил. Спасибо!",
        "Образцовый разговор, добавить нечего.",
    ),
}

REMARKS: Mapping[str, tuple[str, ...]] = {
    "en": (
        "Good pace. Mind the check.",
        "Listen to the middle of the call once more.",
        "You knew the answer; say it in the first minute.",
        "Friendly from the first word. Next time sum up before you say goodbye.",
    ),
    "ru": (
        "Хороший темп, но не забывайте о проверке.",
        "Переслушайте, пожалуйста, середину разговора.",
        "Ответ вы знали: скажите его в первую минуту.",
        "Приветливо с первого слова. В следующий раз подведите итог перед прощанием.",
    ),
}

REASONS: Mapping[str, tuple[str, ...]] = {
    "en": ("Not said in this contact.", "Begun, but not brought to an end."),
    "ru": ("В этом контакте не прозвучало.", "Начато, но не доведено до конца."),
}

SKIPPED: Mapping[str, str] = {
    "en": "The recording breaks off after ten seconds.",
    "ru": "Запись обрывается на десятой секунде.",
}

TOPICS: Mapping[str, Mapping[ContactType, tuple[str, ...]]] = {
    "en": {
        ContactType.COMPLAINT: ("Late delivery", "Charged twice", "Damaged parcel"),
        ContactType.CONSULTATION: ("Tariff", "Invoice", "Warranty", "Delivery"),
        ContactType.APPLICATION: ("Refund", "Change of address", "New contract"),
        ContactType.SUGGESTION: ("Opening hours", "Mobile app"),
        ContactType.GRATITUDE: ("Quick repair", "Delivery"),
    },
    "uk": {
        ContactType.COMPLAINT: ("Затримка доставки", "Подвійна оплата"),
        ContactType.CONSULTATION: ("Тариф", "Рахунок", "Розстрочка", "Наявність"),
        ContactType.APPLICATION: ("Повернення коштів", "Нове замовлення", "Зміна адреси"),
        ContactType.SUGGESTION: ("Графік роботи", "Мобільний застосунок"),
        ContactType.GRATITUDE: ("Швидка доставка", "Порада менеджера"),
    },
}
"""What contacts are about, by the language of the agent's team."""

WRITTEN: Mapping[str, Mapping[ContactType, tuple[str, str]]] = {
    "en": {
        ContactType.COMPLAINT: (
            "Late delivery",
            (
                "Customer: My parcel was to come on Tuesday. It is Friday.\n"
                "Agent: I am sorry about that. May I have the order number?\n"
                "Customer: 40-118-7.\n"
                "Agent: Thank you. It left our depot this morning and comes today before 18:00. "
                "I have taken the delivery fee off your bill.\n"
                "Customer: All right. Thanks for that."
            ),
        ),
        ContactType.CONSULTATION: (
            "Tariff",
            (
                "Customer: Which tariff has calls to Poland in it?\n"
                "Agent: Good afternoon! Home Plus has 200 minutes. How much do you call a month?\n"
                "Customer: About two hours.\n"
                "Agent: Then Home Plus is enough. Shall I switch you from the first?\n"
                "Customer: Yes, please."
            ),
        ),
        ContactType.APPLICATION: (
            "Change of address",
            (
                "Customer: I moved. How do I change my address?\n"
                "Agent: I can do that here. Your name and the new address, please?\n"
                "Customer: Done, see the form.\n"
                "Agent: Thank you, it holds from tomorrow. Is there anything else?"
            ),
        ),
        ContactType.SUGGESTION: (
            "Mobile app",
            (
                "Customer: It would help to see the courier on a map.\n"
                "Agent: A good thought, thank you. I have passed it on to the app's team."
            ),
        ),
        ContactType.GRATITUDE: (
            "Quick repair",
            (
                "Customer: The technician came within the hour. Please thank him from me!\n"
                "Agent: I shall, by name. Thank you for writing."
            ),
        ),
    },
    "uk": {
        ContactType.COMPLAINT: (
            "Подвійна оплата",
            (
                "Клієнт: Гроші списали двічі.\n"
                "Оператор: Перепрошую за незручність. Підкажіть, будь ласка, номер замовлення?\n"
                "Клієнт: 71-204.\n"
                "Оператор: Бачу подвійну оплату. Повернення вже оформлено, кошти надійдуть до "
                "трьох днів."
            ),
        ),
        ContactType.CONSULTATION: (
            "Розстрочка",
            (
                "Клієнт: Чи є розстрочка на ноутбуки?\n"
                "Оператор: Вітаю! Так, до десяти платежів. Який ви обрали?\n"
                "Клієнт: Ще думаю між двома.\n"
                "Оператор: Розкажіть, для чого він вам, і я допоможу обрати."
            ),
        ),
        ContactType.APPLICATION: (
            "Зміна адреси",
            (
                "Клієнт: Хочу змінити адресу доставки.\n"
                "Оператор: Вітаю! Назвіть, будь ласка, номер замовлення і нову адресу.\n"
                "Клієнт: Надіслав у формі.\n"
                "Оператор: Дякую, змінено. Кур’єр буде завтра до обіду."
            ),
        ),
        ContactType.SUGGESTION: (
            "Графік роботи",
            (
                "Клієнт: Було б зручно, якби ви працювали і в неділю.\n"
                "Оператор: Дякую за думку, передам її керівництву."
            ),
        ),
        ContactType.GRATITUDE: (
            "Порада менеджера",
            (
                "Клієнт: Дякую за пораду, саме те, що треба!\n"
                "Оператор: Дуже приємно. Гарного користування!"
            ),
        ),
    },
}
"""Contacts in writing: what each is about, and its text as the journal keeps it."""
