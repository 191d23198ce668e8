# An index for the register of dossiers: by unit, in the order they were accepted.

from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('cases', '0007_waits_set_back'),
    ]

    operations = [
        migrations.AddIndex(
            model_name='case',
            index=models.Index(condition=models.Q(('accepted_at__isnull', False)), fields=['unit_key', 'accepted_at', 'id'], name='cases_register'),
        ),
    ]
