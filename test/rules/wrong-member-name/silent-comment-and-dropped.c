#include <ndis.h>

static NDIS_HANDLE DriverHandle;

// chars.CheckForHangHandler = MPCheckForHang; was the name of NDIS 5.
NDIS_STATUS RegisterMiniport(PDRIVER_OBJECT DriverObject, PUNICODE_STRING RegistryPath)
{
    NDIS_MINIPORT_DRIVER_CHARACTERISTICS chars;

    FillCharacteristics(&chars);
#if 0
    chars.CheckForHangHandler = MPCheckForHang;
#endif
    DbgPrint("chars.ResetHandler = %p\n", &MPReset);
    chars.CheckForHangHandlerEx = MPCheckForHang, chars.ResetHandlerEx = MPReset;

    return NdisMRegisterMiniportDriver(DriverObject, RegistryPath, NULL, &chars, &DriverHandle);
}
