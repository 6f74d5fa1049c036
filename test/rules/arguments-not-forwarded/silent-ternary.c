#include <ndis.h>

static NDIS_HANDLE DriverHandle;
static PDRIVER_OBJECT SavedObject;

DRIVER_INITIALIZE DriverEntry;

NTSTATUS DriverEntry(PDRIVER_OBJECT DriverObject, PUNICODE_STRING RegistryPath)
{
    NDIS_MINIPORT_DRIVER_CHARACTERISTICS chars;

    FillCharacteristics(&chars);
    return NdisMRegisterMiniportDriver(
        (SavedObject = DriverObject, DriverObject),
        chars.MinorNdisVersion >= 30 ? RegistryPath : (PUNICODE_STRING)RegistryPath,
        NULL,
        &chars,
        &DriverHandle);
}
