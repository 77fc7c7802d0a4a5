from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("record", "0013_recalling"),
    ]

    operations = [
        migrations.AddField(
            model_name="remark",
            name="help",
            field=models.CharField(blank=True, default="", max_length=500),
        ),
    ]
