#include <ndis.h>

// Whether it is an intermediate driver is decided at run time.
static NDIS_HANDLE DriverHandle;

NDIS_STATUS RegisterMiniport(PDRIVER_OBJECT DriverObject, PUNICODE_STRING RegistryPath)
{
    NDIS_MINIPORT_DRIVER_CHARACTERISTICS chars;
    BOOLEAN isNew = NdisGetVersion() >= NDIS_RUNTIME_VERSION_630;

    NdisZeroMemory(&chars, sizeof(chars));
    FillHandlers(&chars);
    chars.Flags = isNew ? NDIS_INTERMEDIATE_DRIVER : 0;
    chars.CheckForHangHandlerEx = MPCheckForHang, chars.ResetHandlerEx = MPReset;

    return NdisMRegisterMiniportDriver(DriverObject, RegistryPath, NULL, &chars, &DriverHandle);
}
