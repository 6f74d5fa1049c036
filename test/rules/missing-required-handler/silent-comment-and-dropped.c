#include <ndis.h>
/*
 * NdisMRegisterMiniportDriver(DriverObject, RegistryPath, NULL, &chars, &handle);
 */
#if 0
NDIS_STATUS Old(PDRIVER_OBJECT DriverObject, PUNICODE_STRING RegistryPath)
{
    NDIS_MINIPORT_DRIVER_CHARACTERISTICS chars = {0};
    return NdisMRegisterMiniportDriver(DriverObject, RegistryPath, NULL, &chars, &DriverHandle);
}
#endif
static const char *Text = "NdisMRegisterMiniportDriver(&chars)";
