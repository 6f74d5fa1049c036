#include <ndis.h>

static NDIS_HANDLE FirstHandle;
static NDIS_HANDLE SecondHandle;

// The place of the handle is chosen, or the handle is stored behind a comma.
NDIS_STATUS RegisterFirst(PDRIVER_OBJECT DriverObject, PUNICODE_STRING RegistryPath, BOOLEAN IsFirst)
{
    NDIS_MINIPORT_DRIVER_CHARACTERISTICS chars;

    FillCharacteristics(&chars);
    return NdisMRegisterMiniportDriver(
        DriverObject, RegistryPath, NULL, &chars, IsFirst ? &FirstHandle : &SecondHandle);
}

NDIS_STATUS RegisterSecond(PDRIVER_OBJECT DriverObject, PUNICODE_STRING RegistryPath)
{
    NDIS_MINIPORT_DRIVER_CHARACTERISTICS chars;
    NDIS_HANDLE handle = NULL;
    NDIS_STATUS status;

    FillCharacteristics(&chars);
    status = NdisMRegisterMiniportDriver(DriverObject, RegistryPath, NULL, &chars, &handle),
    SecondHandle = handle;
    return status;
}
