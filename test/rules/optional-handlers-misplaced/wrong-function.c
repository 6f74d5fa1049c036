// example: Optional handlers of a filter module in FilterAttach
#include <ndis.h>

FILTER_ATTACH LwfAttach;

NDIS_STATUS LwfAttach(NDIS_HANDLE NdisFilterHandle, NDIS_HANDLE FilterDriverContext, PNDIS_FILTER_ATTACH_PARAMETERS AttachParameters)
{
    NDIS_FILTER_PARTIAL_CHARACTERISTICS partial = {0};

    partial.Header.Type = NDIS_OBJECT_TYPE_FILTER_PARTIAL_CHARACTERISTICS;
    partial.Header.Revision = NDIS_FILTER_PARTIAL_CHARACTERISTICS_REVISION_1;
    partial.Header.Size = NDIS_SIZEOF_FILTER_PARTIAL_CHARACTERISTICS_REVISION_1;
    partial.SendNetBufferListsHandler = LwfSend;
    return NdisSetOptionalHandlers(NdisFilterHandle, (PNDIS_DRIVER_OPTIONAL_HANDLERS)&partial);
    //                                               ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ warning optional-handlers-misplaced: 'NDIS_FILTER_PARTIAL_CHARACTERISTICS' cannot be passed to 'NdisSetOptionalHandlers' from 'LwfAttach', a 'FILTER_ATTACH'
}
