#include <ndis.h>

static NDIS_HANDLE FilterHandle;

FILTER_PAUSE LwfPause;

// #pragma alloc_text(INIT, LwfPause) would throw it away.
#if 0
#pragma alloc_text(INIT, LwfPause)
#endif

NDIS_STATUS RegisterFilter(PDRIVER_OBJECT DriverObject, BOOLEAN IsQuiet)
{
    NDIS_FILTER_DRIVER_CHARACTERISTICS chars;

    FillCharacteristics(&chars);
    chars.PauseHandler = IsQuiet ? LwfPause : (LwfTrace(), LwfPause);
    return NdisFRegisterFilterDriver(DriverObject, (NDIS_HANDLE)DriverObject, &chars, &FilterHandle);
}
