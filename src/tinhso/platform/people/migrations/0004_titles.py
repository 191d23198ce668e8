# The title under which an officer signs in a post.

from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('people', '0003_sessions'),
    ]

    operations = [
        migrations.AddField(
            model_name='postholding',
            name='title',
            field=models.CharField(blank=True, max_length=60),
        ),
    ]
