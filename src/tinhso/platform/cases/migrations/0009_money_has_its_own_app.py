from django.db import migrations


class Migration(migrations.Migration):
    """What a case owes is kept by the payments app; the table here was never written to."""

    dependencies = [
        ("cases", "0008_register"),
    ]

    operations = [
        migrations.DeleteModel(name="Obligation"),
    ]
